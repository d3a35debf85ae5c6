using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace Tidemark.ProviderServer;

/// <summary>
/// An embedding endpoint on a port of its own that answers every request, and every text, always the same way, until it is
/// told to do otherwise. It remembers what it was asked.
/// </summary>
public sealed class ProviderHost : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly X509Certificate2? _certificate;
    private readonly ProviderReplies _replies;
    private readonly Lock _gate = new();
    private readonly List<ProviderRequest> _requests = [];
    private int _underWay;

    private ProviderHost(bool isEncrypted)
    {
        _certificate = isEncrypted ? SelfSigned.Certificate() : null;
        _replies = new ProviderReplies(this);
        _listener.Start(backlog: 512);
        BaseUrl = new Uri($"{(isEncrypted ? "https" : "http")}://{_listener.LocalEndpoint}/v1");
        _ = AcceptAsync();
    }

    /// <summary>Dimensions of a vector, unless a request asks for others.</summary>
    public int Dimensions { get; set; } = 8;

    /// <summary>The model behind the name: another one gives other vectors.</summary>
    public string Weights { get; set; } = "first";

    /// <summary>What to do with a request; by default all are answered well.</summary>
    public Func<ProviderRequest, ProviderReply> Reply { get; set; } = _ => ProviderReply.Good;

    /// <summary>A text with this in it is refused, with whatever it is sent with.</summary>
    public string? Poison { get; set; }

    public Uri BaseUrl { get; }

    public int MostUnderWay { get; private set; }

    public IReadOnlyList<ProviderRequest> Requests
    {
        get
        {
            lock (_gate)
            {
                return [.. _requests];
            }
        }
    }

    /// <summary>How often each text was answered with a vector.</summary>
    public IReadOnlyDictionary<string, int> Paid => _replies.Paid;

    /// <param name="isEncrypted">Over TLS, with a certificate that nobody trusts.</param>
    public static Task<ProviderHost> StartAsync(bool isEncrypted = false) => Task.FromResult(new ProviderHost(isEncrypted));

    /// <summary>Forgets what it was asked so far.</summary>
    public void Forget()
    {
        lock (_gate)
        {
            _requests.Clear();
        }

        _replies.Forget();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        _certificate?.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                client.NoDelay = true;
                _ = Task.Run(() => TalkAsync(client));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Closed.
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        await using var conversation = new HttpConversation(client);
        try
        {
            if (_certificate is not null)
            {
                await conversation.EncryptAsync(_certificate);
            }

            while (await conversation.ReadAsync(_stop.Token) is { } call && await AnswerAsync(conversation, call))
            {
                // One after the other.
            }
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or AuthenticationException)
        {
            // The caller has gone, or does not trust us.
        }
    }

    /// <returns>Whether the connection goes on.</returns>
    private async Task<bool> AnswerAsync(HttpConversation conversation, HttpCall call)
    {
        if (call.Path != "/v1/embeddings" || call.Method != "POST")
        {
            await conversation.WriteHeadAsync(404, 0, [], _stop.Token);
            return true;
        }

        var request = Note(call);
        try
        {
            var reply = Poison is { } poison && request.Texts.Any(text => text.Contains(poison, StringComparison.Ordinal))
                ? ProviderReply.Error(400, "one of the inputs is not acceptable")
                : Reply(request);
            return await _replies.SendAsync(conversation, request, reply, _stop.Token);
        }
        finally
        {
            lock (_gate)
            {
                _underWay--;
            }
        }
    }

    private ProviderRequest Note(HttpCall call)
    {
        using var json = JsonDocument.Parse(call.Body);
        var root = json.RootElement;
        string[] texts = [.. root.GetProperty("input").EnumerateArray().Select(text => text.GetString()!)];
        lock (_gate)
        {
            var request = new ProviderRequest(
                _requests.Count,
                root.GetProperty("model").GetString()!,
                texts,
                call.Headers.GetValueOrDefault("Authorization"),
                root.TryGetProperty("encoding_format", out var encoding) ? encoding.GetString() : null,
                root.TryGetProperty("dimensions", out var dimensions) ? dimensions.GetInt32() : null);
            _requests.Add(request);
            MostUnderWay = Math.Max(MostUnderWay, ++_underWay);
            return request;
        }
    }
}
