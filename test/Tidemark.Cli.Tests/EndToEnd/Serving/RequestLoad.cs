using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Tidemark.Cli.Tests.EndToEnd.Serving;

/// <summary>Callers who write, search and list one request after the other, and write down whatever was not answered as it should be.</summary>
internal sealed class RequestLoad : IAsyncDisposable
{
    private readonly CancellationTokenSource _ended = new();
    private readonly Task _work;
    private int _answered;
    private int _written;

    public RequestLoad(string address, int callers) =>
        _work = Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(() => CallAsync(new Uri(address), caller))));

    /// <summary>What failed, and how.</summary>
    public ConcurrentQueue<string> Failures { get; } = [];

    public int Answered => Volatile.Read(ref _answered);

    /// <summary>Documents that were taken.</summary>
    public int Written => Volatile.Read(ref _written);

    /// <summary>So many more requests are answered.</summary>
    public async Task GoOnAsync(int requests)
    {
        var until = Answered + requests;
        await Awaiting.FactAsync("requests are answered", () => Answered >= until || !Failures.IsEmpty);
    }

    /// <summary>Every caller has the answer to its last request.</summary>
    public async Task EndAsync()
    {
        await _ended.CancelAsync();
        await _work;
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _ended.Dispose();
    }

    private async Task CallAsync(Uri address, int caller)
    {
        using var strict = new SocketsHttpHandler { ConnectCallback = ConnectAsync };
        using var client = new HttpClient(strict) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(60) };
        for (var round = 0; !_ended.IsCancellationRequested; round++)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"{caller}-{round}");
            var text = $"The lamps of {id} burn all night.";
            if (await AskAsync(client, HttpMethod.Put, $"/api/documents/put-{id}", new StringContent(text, Encoding.UTF8, "text/plain"), HttpStatusCode.Accepted)
                && await AskAsync(client, HttpMethod.Post, "/api/documents", Lines($$"""{"id":"line-{{id}}","text":"{{text}}"}"""), HttpStatusCode.OK))
            {
                Interlocked.Add(ref _written, 2);
            }

            await AskAsync(client, HttpMethod.Get, $"/api/search?query={id}", null, HttpStatusCode.OK);
            await AskAsync(client, HttpMethod.Get, "/api/documents?limit=5", null, HttpStatusCode.OK);
        }
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
        return new StrictStream(socket, Failures.Enqueue);
    }

    private static StringContent Lines(string line) => new(line + "\n", Encoding.UTF8, "application/x-ndjson");

    private async Task<bool> AskAsync(HttpClient client, HttpMethod method, string path, HttpContent? content, HttpStatusCode expected)
    {
        try
        {
            using var request = new HttpRequestMessage(method, path) { Content = content };
            using var response = await client.SendAsync(request, CancellationToken.None);
            var text = await response.Content.ReadAsStringAsync(CancellationToken.None);
            Interlocked.Increment(ref _answered);
            if (response.StatusCode == expected)
            {
                return true;
            }

            Failures.Enqueue($"{method} {path}: {(int)response.StatusCode} {text}");
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            Failures.Enqueue($"{method} {path}: {e}");
        }

        return false;
    }
}
