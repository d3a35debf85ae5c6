using System.Net;

namespace Tidemark.Networking;

/// <summary>A proxy as an environment variable names it. Its user and password are kept apart, so that no message has them.</summary>
/// <param name="Name">Of the variable.</param>
/// <param name="Address">Without user and password.</param>
internal sealed record ProxyVariable(string Name, Uri Address) : IWebProxy
{
    private static readonly string[] Schemes = ["http", "https", "socks4", "socks4a", "socks5"];

    public ICredentials? Credentials { get; set; }

    /// <param name="variable">Gives an environment variable's value.</param>
    /// <returns>Null: none is named for such addresses.</returns>
    /// <exception cref="TidemarkException"><c>configuration.invalid</c>: one is named that is no address.</exception>
    public static ProxyVariable? For(Uri address, Func<string, string?> variable)
    {
        foreach (var name in NamesFor(address, variable))
        {
            if (variable(name) is { Length: > 0 } text)
            {
                return Parse(name, text) ?? throw Invalid(name);
            }
        }

        return null;
    }

    public Uri GetProxy(Uri destination) => Address;

    public bool IsBypassed(Uri host) => false;

    /// <summary>In lower case first, as curl has it; a web server's CGI program gets a caller's header as HTTP_PROXY.</summary>
    private static IEnumerable<string> NamesFor(Uri address, Func<string, string?> variable) =>
        address.Scheme == Uri.UriSchemeHttps ? ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"]
        : variable("GATEWAY_INTERFACE") is null ? ["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"]
        : ["http_proxy", "all_proxy", "ALL_PROXY"];

    private static ProxyVariable? Parse(string name, string text)
    {
        var start = text.IndexOf("://", StringComparison.Ordinal);
        var scheme = start < 0 ? "http" : text[..start].ToLowerInvariant();
        var rest = start < 0 ? text : text[(start + 3)..];
        var at = rest.LastIndexOf('@');
        var place = rest[(at + 1)..].TrimEnd('/');
        if (!Schemes.Contains(scheme, StringComparer.Ordinal)
            || place.Length == 0 || place.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is '/' or '\\' or '?' or '#')
            || !Uri.TryCreate($"{scheme}://{place}", UriKind.Absolute, out var address)
            || address.Host.Length == 0 || Uri.CheckHostName(address.DnsSafeHost) == UriHostNameType.Unknown
            || address.Port == 0)
        {
            return null;
        }

        // A scheme that nobody has given a port to: the one that SOCKS servers listen on.
        var port = address.Port > 0 ? address.Port : 1080;
        return new ProxyVariable(name, new UriBuilder(scheme, address.Host, port).Uri)
        {
            Credentials = at < 0 ? null : CredentialsOf(rest[..at]),
        };
    }

    private static NetworkCredential CredentialsOf(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0
            ? new NetworkCredential(Uri.UnescapeDataString(text), "")
            : new NetworkCredential(Uri.UnescapeDataString(text[..colon]), Uri.UnescapeDataString(text[(colon + 1)..]));
    }

    private static TidemarkException Invalid(string name) => new(
        ErrorCodes.ConfigurationInvalid,
        $"the environment variable '{name}' holds no address of a proxy",
        $"write it as 'http://HOST:PORT', with 'https', 'socks5', 'socks4a' or 'socks4' where the proxy speaks those; or unset it: "
        + "what it holds is not shown, for it may have a password");
}
