using System.Net;
using Microsoft.AspNetCore.Http;
using Tidemark.Server.Problems;

namespace Tidemark.Server.Guarding;

/// <summary>
/// Takes requests only that were sent to a name of this machine, and from no page of another site: what a browser is made to do behind
/// its user's back comes with another name or origin.
/// </summary>
internal sealed class HostGuard(IReadOnlyList<string> hosts)
{
    private readonly HashSet<string> _hosts = new(hosts, StringComparer.OrdinalIgnoreCase) { "localhost", "127.0.0.1", "::1", "[::1]" };

    /// <exception cref="HttpProblem">The request goes elsewhere, or comes from elsewhere.</exception>
    public void Check(HttpRequest request)
    {
        if (!_hosts.Contains(request.Host.Host))
        {
            throw new HttpProblem(
                StatusCodes.Status421MisdirectedRequest,
                "access.host",
                $"the service does not answer for the host '{request.Host.Host}'",
                "name the host in 'server.hosts' where the service is configured");
        }

        if (request.Headers.Origin is { Count: > 0 } origin && !(origin.Count == 1 && IsOwn(origin[0]!, request)))
        {
            throw new HttpProblem(
                StatusCodes.Status403Forbidden,
                "access.origin",
                $"the service takes no requests from pages of '{origin}'",
                "send the request from a program, or from a page of the service itself");
        }
    }

    /// <summary>Of the same machine other pages may be: the port counts. Where a proxy speaks https, both leave it out.</summary>
    private static bool IsOwn(string origin, HttpRequest request) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri)
        && uri.Scheme is "http" or "https"
        && string.Equals(uri.Host.Trim('[', ']'), request.Host.Host.Trim('[', ']'), StringComparison.OrdinalIgnoreCase)
        && (uri.IsDefaultPort ? request.Host.Port is null or 80 or 443 : uri.Port == request.Host.Port);

    /// <summary>Whether an address that a server listens on is reached from this machine only.</summary>
    public static bool IsLoopback(string address) =>
        Uri.TryCreate(address.Replace("://+", "://0.0.0.0", StringComparison.Ordinal).Replace("://*", "://0.0.0.0", StringComparison.Ordinal), UriKind.Absolute, out var uri)
        && (string.Equals(uri.Host, "localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(uri.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip)));
}
