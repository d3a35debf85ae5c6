using System.Globalization;
using System.Net;
using Tidemark.Postgres.Server;

namespace Tidemark.Postgres.Feeding;

/// <summary>
/// Where a slot is: its name belongs to a server, whichever of its databases is read. A server that is called by two names that only its network knows to be one
/// is told by the server, when the slot is read. Pure.
/// </summary>
internal static class SlotPlace
{
    private const string Here = "localhost";

    /// <summary>Whether both would read one slot.</summary>
    public static bool IsShared(PostgresFeedOptions one, PostgresFeedOptions other) =>
        NameOf(one) == NameOf(other) && ServersOf(one.Url).Intersect(ServersOf(other.Url), StringComparer.Ordinal).Any();

    public static string NameOf(PostgresFeedOptions feed) => feed.Slot ?? FeedSlot.NameOf(feed.Source);

    /// <summary>An address may name several hosts, one of which answers.</summary>
    private static IEnumerable<string> ServersOf(string url)
    {
        var server = StoreAddress.Parse(url).Server;
        var colon = server.LastIndexOf(':');
        var port = server[(colon + 1)..];
        foreach (var host in server[..colon].Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            // A socket in the file system is of this machine, by its port.
            if (host.StartsWith('/'))
            {
                yield return $"{Here}:{port}";
            }
            else if (IPAddress.TryParse(host.Trim('[', ']'), out var address))
            {
                yield return $"{(IPAddress.IsLoopback(address) ? Here : address.ToString())}:{port}";
            }
            else
            {
                var own = host.LastIndexOf(':');
                var isNumbered = own > 0 && int.TryParse(host.AsSpan(own + 1), NumberStyles.None, CultureInfo.InvariantCulture, out _);
                var name = (isNumbered ? host[..own] : host).Trim('[', ']').TrimEnd('.').ToLowerInvariant();
                var isHere = name == Here || (IPAddress.TryParse(name, out var known) && IPAddress.IsLoopback(known));
                yield return $"{(isHere ? Here : name)}:{(isNumbered ? host[(own + 1)..] : port)}";
            }
        }
    }
}
