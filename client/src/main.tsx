import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createAppRouter } from './app/router.tsx';
import { SignedIn } from './app/SignedIn.ts';
import { ToastArea } from './ui/toast.tsx';
import { TooltipLayer } from './ui/TooltipLayer.tsx';
import './ui/theme.css';

const root = document.querySelector('#root');
if (root === null) throw new Error('The page has no element to draw into.');

const signedIn = SignedIn.create();
const router = createAppRouter(signedIn);

createRoot(root).render(
  <StrictMode>
    <RouterProvider router={router} />
    <ToastArea />
    <TooltipLayer />
  </StrictMode>,
);
