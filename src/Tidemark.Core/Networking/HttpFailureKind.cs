namespace Tidemark.Networking;

/// <summary>Why a request got no answer.</summary>
public enum HttpFailureKind
{
    /// <summary>The connection failed or broke, for whatever reason.</summary>
    Broken,

    /// <summary>Nothing came in time.</summary>
    TimedOut,

    /// <summary>There is no host of that name.</summary>
    NoHost,

    /// <summary>The certificate is not trusted.</summary>
    Untrusted,

    /// <summary>What answers does not speak TLS, though the address begins with <c>https</c>.</summary>
    NotTls,

    /// <summary>What answers does not speak HTTP.</summary>
    NotHttp,

    /// <summary>The proxy that leads there cannot be reached.</summary>
    ProxyUnreachable,

    /// <summary>The proxy that leads there does not let the request through.</summary>
    ProxyRefused,
}
