namespace AwoooP.Client.Auth.Oidc;

/// <summary>Where an identity provider signs people in, and where it gives tokens for codes.</summary>
internal sealed record ProviderEndpoints(Uri Authorization, Uri Token);
