using System.Globalization;
using System.Net;

namespace Tidemark.Networking;

/// <summary>
/// The hosts that are reached without a proxy, as <c>NO_PROXY</c> lists them: names with everything below them, addresses,
/// networks (<c>10.0.0.0/8</c>), each perhaps with a port, and <c>*</c> for all.
/// </summary>
internal static class DirectHosts
{
    public static bool Include(Uri address, Func<string, string?> variable)
    {
        var list = variable("no_proxy") is { Length: > 0 } low ? low : variable("NO_PROXY");
        return list is { Length: > 0 } && list
            .Split((char[])[',', ' ', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Any(entry => Covers(entry, address));
    }

    private static bool Covers(string entry, Uri address)
    {
        if (entry == "*")
        {
            return true;
        }

        var host = address.DnsSafeHost;
        if (IPNetwork.TryParse(entry, out var network))
        {
            return IPAddress.TryParse(host, out var ip) && network.Contains(ip);
        }

        var name = WithoutPort(entry, out var port);
        if (port is { } only && only != address.Port)
        {
            return false;
        }

        name = name.TrimStart('*').TrimStart('.');
        return name.Length > 0 && (Same(host, name)
            || (host.EndsWith(name, StringComparison.OrdinalIgnoreCase) && host[^(name.Length + 1)] == '.'));
    }

    private static string WithoutPort(string entry, out int? port)
    {
        port = null;
        if (IPAddress.TryParse(entry, out var whole))
        {
            return whole.ToString();
        }

        var colon = entry.LastIndexOf(':');
        if (colon >= 0 && int.TryParse(entry.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            port = number;
            entry = entry[..colon];
        }

        return entry.Trim('[', ']');
    }

    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
