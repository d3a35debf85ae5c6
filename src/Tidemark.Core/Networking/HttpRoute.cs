using System.Net.Sockets;
using System.Security.Authentication;

namespace Tidemark.Networking;

/// <summary>
/// The way to one address: directly, or by the proxy that the environment names for it (<c>HTTPS_PROXY</c>, <c>HTTP_PROXY</c>,
/// <c>ALL_PROXY</c>, less <c>NO_PROXY</c>). It knows who failed when a request did.
/// </summary>
public sealed class HttpRoute
{
    private readonly Uri _address;
    private readonly ProxyVariable? _proxy;
    private readonly bool _isDirect;
    private volatile bool _isUntrusted;

    private HttpRoute(Uri address, ProxyVariable? proxy, bool isDirect) =>
        (_address, _proxy, _isDirect) = (address, isDirect ? null : proxy, isDirect);

    private string Host => _address.IsDefaultPort ? _address.Host : _address.Authority;

    private string ProxyName => $"the proxy '{_proxy!.Address.GetLeftPart(UriPartial.Authority)}' of '{_proxy.Name}'";

    /// <param name="address">Where requests go.</param>
    /// <param name="variable">Gives an environment variable's value; null: that of this process.</param>
    /// <exception cref="TidemarkException"><c>configuration.invalid</c>: the environment names a proxy that is none.</exception>
    public static HttpRoute To(Uri address, Func<string, string?>? variable = null)
    {
        ArgumentNullException.ThrowIfNull(address);
        variable ??= Environment.GetEnvironmentVariable;
        var proxy = ProxyVariable.For(address, variable);
        return new HttpRoute(address, proxy, proxy is not null && DirectHosts.Include(address, variable));
    }

    /// <summary>Makes connections on this way. Redirects are not followed: they would carry texts and keys to where nobody sent them.</summary>
    public SocketsHttpHandler CreateHandler()
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            ConnectTimeout = TimeSpan.FromSeconds(15),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, errors) =>
        {
            _isUntrusted |= errors != System.Net.Security.SslPolicyErrors.None;
            return errors == System.Net.Security.SslPolicyErrors.None;
        };
        if (_proxy is not null)
        {
            handler.Proxy = _proxy;
        }

        handler.UseProxy = !_isDirect;
        return handler;
    }

    /// <returns>Null: the request did not fail on its way, but for a reason that only its caller knows.</returns>
    public HttpFailure? Judge(Exception failure)
    {
        var http = Find<HttpRequestException>(failure);
        if (_proxy is not null && Proxied(failure, http) is { } proxied)
        {
            return proxied;
        }

        if (Find<AuthenticationException>(failure) is { } insecure)
        {
            return Insecure(insecure);
        }

        return failure switch
        {
            _ when Find<SocketException>(failure) is { SocketErrorCode: SocketError.HostNotFound } => new HttpFailure(
                HttpFailureKind.NoHost, $"there is no host '{Host}'", "check the address and the network"),
            _ when Find<SocketException>(failure) is { SocketErrorCode: SocketError.ConnectionRefused } => new HttpFailure(
                HttpFailureKind.Broken,
                $"nobody takes connections at '{Host}': {Innermost(failure).Message}",
                "check the address and its port, and that the server runs"),
            OperationCanceledException or TimeoutException => new HttpFailure(
                HttpFailureKind.TimedOut, $"'{Host}' did not answer in time", null),
            _ when http is { HttpRequestError: HttpRequestError.InvalidResponse } => new HttpFailure(
                HttpFailureKind.NotHttp,
                $"what answers at '{Host}' does not speak HTTP: {Innermost(failure).Message}",
                _address.Scheme == Uri.UriSchemeHttp ? "check the port; a server that speaks TLS there needs 'https://'" : "check the port"),
            HttpRequestException or IOException or AggregateException when !IsBrokenInstallation(failure) => new HttpFailure(
                HttpFailureKind.Broken, $"the connection to '{Host}' failed{ByProxy()}: {Innermost(failure).Message}", null),
            _ => null,
        };
    }

    private HttpFailure? Proxied(Exception failure, HttpRequestException? http) => http?.HttpRequestError switch
    {
        HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError => new HttpFailure(
            HttpFailureKind.ProxyUnreachable,
            $"{ProxyName}, which leads to '{Host}', cannot be reached: {Innermost(failure).Message}",
            $"start the proxy or mend '{_proxy!.Name}'; '{_address.Host}' in 'NO_PROXY' leaves it out"),
        HttpRequestError.ProxyTunnelError => Refused((int?)http.StatusCode, Innermost(failure).Message),
        _ => null,
    };

    /// <summary>What a proxy says instead of letting a request through.</summary>
    /// <param name="status">Its status, where it gave one.</param>
    /// <param name="said">What else it said.</param>
    private HttpFailure Refused(int? status, string said) => new(
        status >= 500 ? HttpFailureKind.Broken : HttpFailureKind.ProxyRefused,
        $"{ProxyName} does not let requests through to '{Host}': {(status is { } code ? $"it answers {code}" : said)}",
        status == 407
            ? $"put the user and the password that it wants into '{_proxy!.Name}': http://USER:PASSWORD@HOST:PORT"
            : $"ask who runs the proxy; '{_address.Host}' in 'NO_PROXY' leaves it out");

    /// <returns>Null: it was not the proxy that answered so.</returns>
    public HttpFailure? JudgeStatus(int status) => status == 407 && _proxy is not null ? Refused(status, "") : null;

    private HttpFailure Insecure(AuthenticationException failure) => _isUntrusted
        ? new HttpFailure(
            HttpFailureKind.Untrusted,
            $"the certificate of '{Host}' is not trusted: {failure.Message}",
            "have the certificate's issuer trusted on this machine (SSL_CERT_FILE names one), or correct the address")
        : new HttpFailure(
            HttpFailureKind.NotTls,
            $"what answers at '{Host}' does not speak TLS, which 'https://' asks for: {Innermost(failure).Message}",
            "write 'http://' if the server speaks plain HTTP there, or correct the port");

    private string ByProxy() => _proxy is null ? "" : $" by {ProxyName}";

    private static bool IsBrokenInstallation(Exception failure) =>
        Find<FileNotFoundException>(failure) is not null || Find<FileLoadException>(failure) is not null;

    private static T? Find<T>(Exception? failure)
        where T : Exception
    {
        for (; failure is not null; failure = failure.InnerException)
        {
            if (failure is T found)
            {
                return found;
            }
        }

        return null;
    }

    private static Exception Innermost(Exception failure) =>
        failure.InnerException is { } inner ? Innermost(inner) : failure;
}
