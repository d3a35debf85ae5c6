using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Tidemark.ProviderServer;

/// <summary>
/// An embedding endpoint on a port of its own that answers every request, and every text, always the same way, until it is
/// told to do otherwise. It remembers what it was asked.
/// </summary>
public sealed class ProviderHost : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly List<ProviderRequest> _requests = [];
    private readonly Dictionary<string, int> _paid = new(StringComparer.Ordinal);
    private readonly WebApplication _app;
    private int _underWay;

    private ProviderHost(WebApplication app) => _app = app;

    /// <summary>Dimensions of a vector, unless a request asks for others.</summary>
    public int Dimensions { get; set; } = 8;

    /// <summary>The model behind the name: another one gives other vectors.</summary>
    public string Weights { get; set; } = "first";

    /// <summary>What to do with a request; by default all are answered well.</summary>
    public Func<ProviderRequest, ProviderReply> Reply { get; set; } = _ => ProviderReply.Good;

    /// <summary>A text with this in it is refused, with whatever it is sent with.</summary>
    public string? Poison { get; set; }

    public Uri BaseUrl { get; private set; } = null!;

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
    public IReadOnlyDictionary<string, int> Paid
    {
        get
        {
            lock (_gate)
            {
                return new Dictionary<string, int>(_paid, StringComparer.Ordinal);
            }
        }
    }

    /// <param name="isEncrypted">Over TLS, with a certificate that nobody trusts.</param>
    public static async Task<ProviderHost> StartAsync(bool isEncrypted = false)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Listen(IPAddress.Loopback, 0, listen =>
            {
                listen.Protocols = HttpProtocols.Http1;
                if (isEncrypted)
                {
                    listen.UseHttps(SelfSigned.Certificate());
                }
            });
        });
        if (isEncrypted)
        {
            builder.WebHost.UseKestrelHttpsConfiguration();
        }

        var app = builder.Build();
        var host = new ProviderHost(app);
        app.Run(host.HandleAsync);
        await app.StartAsync();
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        host.BaseUrl = new Uri(address + "/v1");
        return host;
    }

    /// <summary>Forgets what it was asked so far.</summary>
    public void Forget()
    {
        lock (_gate)
        {
            _requests.Clear();
            _paid.Clear();
        }
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private async Task HandleAsync(HttpContext context)
    {
        if (context.Request.Path != "/v1/embeddings" || context.Request.Method != "POST")
        {
            context.Response.StatusCode = 404;
            return;
        }

        var request = await ReadAsync(context);
        try
        {
            await AnswerAsync(context, request);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The caller has gone.
        }
        finally
        {
            lock (_gate)
            {
                _underWay--;
            }
        }
    }

    private async Task<ProviderRequest> ReadAsync(HttpContext context)
    {
        using var json = await JsonDocument.ParseAsync(context.Request.Body);
        var root = json.RootElement;
        var input = root.GetProperty("input");
        string[] texts = input.ValueKind == JsonValueKind.String
            ? [input.GetString()!]
            : [.. input.EnumerateArray().Select(text => text.GetString()!)];
        var authorization = context.Request.Headers.Authorization.ToString();
        lock (_gate)
        {
            var request = new ProviderRequest(
                _requests.Count,
                root.GetProperty("model").GetString()!,
                texts,
                authorization.Length == 0 ? null : authorization,
                root.TryGetProperty("encoding_format", out var encoding) ? encoding.GetString() : null,
                root.TryGetProperty("dimensions", out var dimensions) ? dimensions.GetInt32() : null);
            _requests.Add(request);
            MostUnderWay = Math.Max(MostUnderWay, ++_underWay);
            return request;
        }
    }

    private async Task AnswerAsync(HttpContext context, ProviderRequest request)
    {
        var reply = Poison is { } poison && request.Texts.Any(text => text.Contains(poison, StringComparison.Ordinal))
            ? ProviderReply.Error(400, "one of the inputs is not acceptable")
            : Reply(request);
        switch (reply)
        {
            case ProviderReply.Vectors vectors:
                await SendAsync(context, request, vectors);
                break;
            case ProviderReply.Status status:
                context.Response.StatusCode = status.Code;
                foreach (var (name, value) in status.Headers)
                {
                    context.Response.Headers[name] = value;
                }

                await context.Response.WriteAsync(status.Body, context.RequestAborted);
                break;
            case ProviderReply.Page page:
                await context.Response.WriteAsync(page.Text, context.RequestAborted);
                break;
            case ProviderReply.Silence:
                await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted);
                break;
            default:
                context.Abort();
                break;
        }
    }

    private async Task SendAsync(HttpContext context, ProviderRequest request, ProviderReply.Vectors reply)
    {
        if (reply.Latency > TimeSpan.Zero)
        {
            await Task.Delay(reply.Latency, context.RequestAborted);
        }

        var vectors = request.Texts
            .Select(text => ProviderVectors.Of(Weights, text, request.Dimensions ?? Dimensions)).ToArray();
        var tokens = request.Texts.Sum(text => (text.Length / 3) + 1);
        var answer = ProviderAnswer.Write(request, reply, reply.Change?.Invoke(vectors) ?? vectors, tokens);
        lock (_gate)
        {
            foreach (var text in request.Texts)
            {
                _paid[text] = _paid.GetValueOrDefault(text) + 1;
            }
        }

        context.Response.ContentType = "application/json";
        context.Response.ContentLength = answer.Length;
        var sent = (int)(answer.Length * reply.Part);
        var piece = reply.Drip > TimeSpan.Zero ? 16 : Math.Max(sent, 1);
        for (var at = 0; at < sent; at += piece)
        {
            await context.Response.Body.WriteAsync(answer.AsMemory(at, Math.Min(piece, sent - at)), context.RequestAborted);
            if (reply.Drip > TimeSpan.Zero)
            {
                await context.Response.Body.FlushAsync(context.RequestAborted);
                await Task.Delay(reply.Drip, context.RequestAborted);
            }
        }

        if (sent < answer.Length)
        {
            await context.Response.Body.FlushAsync(context.RequestAborted);
            context.Abort();
        }
    }
}
