/** What went wrong with the whole form, read out as it appears. */
export function FormError({ children }: { children: string | null }) {
  if (children === null) return null;
  return (
    <p role="alert" className="m-0 rounded-md bg-alert-soft px-3 py-2 text-[#ff9db4]">
      {children}
    </p>
  );
}
