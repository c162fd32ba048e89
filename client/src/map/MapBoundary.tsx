import { Component, type ReactNode } from 'react';

interface MapBoundaryProps {
  onFailed: () => void;
  children: ReactNode;
}

/** A map library that cannot be loaded or throws takes the map with it, and nothing else of the console. */
export class MapBoundary extends Component<MapBoundaryProps, { hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError(): { hasFailed: boolean } {
    return { hasFailed: true };
  }

  override componentDidCatch(): void {
    this.props.onFailed();
  }

  override render(): ReactNode {
    return this.state.hasFailed ? null : this.props.children;
  }
}
