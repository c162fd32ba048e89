import { Link } from '@tanstack/react-router';
import { useText } from '../language/LanguageContext.ts';

/** Registering and sharing live video are different things, and people come for one or the other. */
export function ToRegister() {
  const { share } = useText();
  return (
    <Link to="/register" className="flex min-h-11 items-center self-start text-accent underline underline-offset-4">
      {share.toRegister}
    </Link>
  );
}
