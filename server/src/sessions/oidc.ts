/** The agency's own sign-in, by its OpenID Connect provider. */
export interface OidcConfig {
  /** What people know it as. */
  name: string;
  issuer: string;
  clientId: string;
  clientSecret: string;
}

/** better-auth's name for it, which stands in the address that the provider sends browsers back to. */
export const oidcProviderId = 'oidc';
