using System.Net;
using System.Net.Sockets;
using System.Text;
using Shouldly;
using Tidemark.Networking;
using Xunit;

namespace Tidemark.Tests.Networking;

/// <summary>By which proxy an address is reached, and who is named when it is not.</summary>
public sealed class HttpRouteTests
{
    private const string Password = "hunter2";

    [Theory]
    [InlineData("https://api.example/v1", "HTTPS_PROXY=http://proxy:3128", "http://proxy:3128")]
    [InlineData("https://api.example/v1", "HTTPS_PROXY=proxy:3128", "http://proxy:3128")]
    [InlineData("https://api.example/v1", "https_proxy=http://a:1 HTTPS_PROXY=http://b:2", "http://a:1")]
    [InlineData("https://api.example/v1", "ALL_PROXY=socks5://proxy", "socks5://proxy:1080")]
    [InlineData("https://api.example/v1", "HTTPS_PROXY=http://u:hunter2@[::1]:3128/", "http://[::1]:3128")]
    [InlineData("http://api.example/v1", "HTTPS_PROXY=http://proxy:3128", null)]
    [InlineData("http://api.example/v1", "HTTP_PROXY=http://proxy:3128", "http://proxy:3128")]
    [InlineData("http://api.example/v1", "HTTP_PROXY=http://proxy:3128 GATEWAY_INTERFACE=CGI/1.1", null)]
    [InlineData("https://api.example/v1", "HTTPS_PROXY=http://p:1 NO_PROXY=localhost,example", null)]
    [InlineData("https://api.example/v1", "HTTPS_PROXY=http://p:1 NO_PROXY=.example", null)]
    [InlineData("https://api.example/v1", "HTTPS_PROXY=http://p:1 NO_PROXY=*", null)]
    [InlineData("https://api.example/v1", "HTTPS_PROXY=http://p:1 NO_PROXY=ample", "http://p:1")]
    [InlineData("https://api.example:8443/v1", "HTTPS_PROXY=http://p:1 NO_PROXY=api.example:443", "http://p:1")]
    [InlineData("https://10.1.2.3/v1", "HTTPS_PROXY=http://p:1 NO_PROXY=10.0.0.0/8", null)]
    [InlineData("http://[::1]:8000/v1", "HTTP_PROXY=http://p:1 NO_PROXY=::1", null)]
    public void The_environment_says_which_proxy_leads_there(string address, string environment, string? proxy)
    {
        using var handler = RouteTo(address, environment).CreateHandler();

        var found = handler.UseProxy ? handler.Proxy?.GetProxy(new Uri(address)) : null;
        found?.GetLeftPart(UriPartial.Authority).ShouldBe(proxy);
        (found is null).ShouldBe(proxy is null);
    }

    [Theory]
    [InlineData("http://")]
    [InlineData("http://u:hunter2@")]
    [InlineData("htp://u:hunter2@proxy:3128")]
    [InlineData("http://u:hunter2@proxy:port")]
    [InlineData("http://u:hunter2@proxy:99999")]
    [InlineData("http://u:hunter2@pro xy:3128")]
    [InlineData("http://u:hunter2@proxy:3128/path/hunter2")]
    [InlineData("http:/proxy:3128")]
    [InlineData(" http://proxy:3128")]
    public void A_proxy_that_cannot_be_read_is_an_error_that_does_not_repeat_it(string value)
    {
        var failure = Should.Throw<TidemarkException>(() => HttpRoute.To(
            new Uri("https://api.example/v1"), name => name == "HTTPS_PROXY" ? value : null));

        failure.Code.ShouldBe(ErrorCodes.ConfigurationInvalid);
        failure.Message.ShouldContain("'HTTPS_PROXY'");
        failure.ToString().ShouldNotContain(Password);
    }

    [Theory]
    [InlineData("http://api.example/v1", "HTTP_PROXY")]
    [InlineData("https://api.example/v1", "HTTPS_PROXY")]
    public async Task A_dead_proxy_is_named_and_its_password_is_not(string address, string variable)
    {
        var failure = await FailAsync(address, $"{variable}=http://user:{Password}@127.0.0.1:1");

        failure.Kind.ShouldBe(HttpFailureKind.ProxyUnreachable);
        failure.What.ShouldStartWith($"the proxy 'http://127.0.0.1:1' of '{variable}', which leads to 'api.example', cannot be reached");
        failure.Remedy!.ShouldContain(variable);
        failure.MayPass.ShouldBeTrue();
    }

    [Theory]
    [InlineData(407, HttpFailureKind.ProxyRefused)]
    [InlineData(403, HttpFailureKind.ProxyRefused)]
    [InlineData(502, HttpFailureKind.Broken)]
    public async Task A_proxy_that_lets_nothing_through_is_named(int status, HttpFailureKind kind)
    {
        using var proxy = new Answering($"HTTP/1.1 {status} No\r\nProxy-Authenticate: Basic realm=x\r\nContent-Length: 0\r\n\r\n");

        var failure = await FailAsync("https://api.example/v1", $"HTTPS_PROXY=http://user:{Password}@{proxy.Place}");

        failure.Kind.ShouldBe(kind);
        failure.What.ShouldContain($"the proxy 'http://{proxy.Place}' of 'HTTPS_PROXY'");
        failure.What.ShouldContain($"{status}");
        proxy.Heard.ShouldStartWith("CONNECT api.example:443");
    }

    [Fact]
    public async Task A_user_and_a_password_are_given_to_a_proxy_that_asks()
    {
        using var proxy = new Answering("HTTP/1.1 407 No\r\nProxy-Authenticate: Basic realm=x\r\nContent-Length: 0\r\n\r\n");

        await FailAsync("https://api.example/v1", $"HTTPS_PROXY=http://us%65r:{Password}@{proxy.Place}");

        proxy.Heard.ShouldContain(Convert.ToBase64String(Encoding.ASCII.GetBytes($"user:{Password}")));
    }

    [Fact]
    public async Task Https_to_a_server_that_speaks_plain_http_is_not_about_its_certificate()
    {
        using var server = new Answering("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");

        var failure = await FailAsync($"https://{server.Place}/v1", "");

        failure.Kind.ShouldBe(HttpFailureKind.NotTls);
        failure.What.ShouldNotContain("certificate");
        failure.Remedy!.ShouldContain("http://");
        failure.MayPass.ShouldBeFalse();
    }

    [Fact]
    public async Task Http_to_something_else_says_so()
    {
        using var server = new Answering("\u0015\u0003\u0001\u0000\u0002\u0002\u0050garbage\r\n\r\n");

        var failure = await FailAsync($"http://{server.Place}/v1", "");

        failure.Kind.ShouldBe(HttpFailureKind.NotHttp);
        failure.Remedy!.ShouldContain("https://");
    }

    private static HttpRoute RouteTo(string address, string environment)
    {
        var variables = environment.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        return HttpRoute.To(new Uri(address), name => variables.GetValueOrDefault(name));
    }

    private static async Task<HttpFailure> FailAsync(string address, string environment)
    {
        var route = RouteTo(address, environment);
        using var client = new HttpClient(route.CreateHandler());
        var failure = await Should.ThrowAsync<HttpRequestException>(() => client.GetAsync(new Uri(address)));
        var judged = route.Judge(failure).ShouldNotBeNull();
        (failure + judged.ToString()).ShouldNotContain(Password);
        return judged;
    }

    /// <summary>Says the same to whoever connects.</summary>
    private sealed class Answering : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly StringBuilder _heard = new();

        public Answering(string answer)
        {
            _listener.Start();
            Place = _listener.LocalEndpoint.ToString()!;
            _ = AnswerAsync(Encoding.Latin1.GetBytes(answer));
        }

        public string Place { get; }

        public string Heard
        {
            get
            {
                lock (_heard)
                {
                    return _heard.ToString();
                }
            }
        }

        public void Dispose() => _listener.Dispose();

        private async Task AnswerAsync(byte[] answer)
        {
            try
            {
                while (true)
                {
                    using var client = await _listener.AcceptTcpClientAsync();
                    var buffer = new byte[8192];
                    int read;
                    while ((read = await client.GetStream().ReadAsync(buffer)) > 0)
                    {
                        lock (_heard)
                        {
                            _heard.Append(Encoding.Latin1.GetString(buffer, 0, read));
                        }

                        await client.GetStream().WriteAsync(answer);
                        if (answer.AsSpan().IndexOf("407"u8) < 0)
                        {
                            break;
                        }
                    }
                }
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or IOException)
            {
                // The test is over.
            }
        }
    }

    [Fact]
    public void A_refused_port_says_that_the_address_is_to_be_checked()
    {
        var refused = new HttpRequestException(
            HttpRequestError.ConnectionError, "refused", new System.Net.Sockets.SocketException((int)System.Net.Sockets.SocketError.ConnectionRefused));

        var failure = RouteTo("http://127.0.0.1:9/v1", "").Judge(refused)!;

        failure.MayPass.ShouldBeTrue();
        failure.Remedy!.ShouldStartWith("check the address");
    }
}
