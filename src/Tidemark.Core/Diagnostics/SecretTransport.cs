using System.Net;

namespace Tidemark;

/// <summary>Where a secret may be sent: encrypted to anybody it is meant for, else only within this machine.</summary>
public static class SecretTransport
{
    /// <summary>Whether the address is https, or this machine's own.</summary>
    public static bool Allows(Uri address) => address.Scheme == Uri.UriSchemeHttps || IsLocal(address);

    /// <summary>Whether the address is this machine's own, whatever a name server says.</summary>
    public static bool IsLocal(Uri address) =>
        string.Equals(address.IdnHost, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(address.IdnHost, out var ip) && IPAddress.IsLoopback(ip));
}
