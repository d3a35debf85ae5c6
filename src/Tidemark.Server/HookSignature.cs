namespace Tidemark.Server;

/// <summary>How a webhook's sender shows that it is the one.</summary>
public enum HookSignature
{
    /// <summary>By a key of the service that may write, as for other requests.</summary>
    Key,

    /// <summary>By the Standard Webhooks signature (https://www.standardwebhooks.com), under its headers or those of Svix.</summary>
    Standard,

    /// <summary>By GitHub's <c>X-Hub-Signature-256</c>.</summary>
    GitHub,

    /// <summary>By Stripe's <c>Stripe-Signature</c>.</summary>
    Stripe,

    /// <summary>Not at all: only where nobody but this machine can reach the service.</summary>
    None,
}
