using System.Collections.Concurrent;
using System.Net;
using Tidemark.ProviderServer;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>A collector of OTLP over HTTP that keeps what it gets.</summary>
internal sealed class OtlpCollector : IDisposable
{
    private readonly HttpListener _listener;
    private readonly Task _serving;

    public OtlpCollector()
    {
        _listener = LoopbackListener.Start(out var place);
        Endpoint = place.GetLeftPart(UriPartial.Authority);
        _serving = ServeAsync();
    }

    public string Endpoint { get; }

    public ConcurrentQueue<OtlpRequest> Requests { get; } = [];

    public IReadOnlyList<OtlpSpan> Spans =>
        [.. From("/v1/traces").SelectMany(r => r.Messages(1)).SelectMany(r => r.Messages(2)).SelectMany(s => s.Messages(2))
            .Select(s => new OtlpSpan(s))];

    public IReadOnlyList<OtlpMetric> Metrics =>
        [.. From("/v1/metrics").SelectMany(r => r.Messages(1)).SelectMany(r => r.Messages(2)).SelectMany(s => s.Messages(2))
            .Select(m => new OtlpMetric(m))];

    /// <summary>Attributes of whoever sends.</summary>
    public IReadOnlyDictionary<string, string> Resource =>
        OtlpSpan.Attributes(From("/v1/traces").SelectMany(r => r.Messages(1)).SelectMany(r => r.Messages(1)).First(), 1);

    public void Dispose()
    {
        _listener.Close(); // stopped first, it would take its port once more while it is closed
        _serving.Wait(TimeSpan.FromSeconds(5));
    }

    private IEnumerable<ProtobufMessage> From(string path) =>
        Requests.Where(r => r.Path == path).Select(r => new ProtobufMessage(r.Body));

    private async Task ServeAsync()
    {
        try
        {
            while (_listener.IsListening)
            {
                var context = await _listener.GetContextAsync();
                using var body = new MemoryStream();
                await context.Request.InputStream.CopyToAsync(body);
                Requests.Enqueue(new OtlpRequest(
                    context.Request.Url!.AbsolutePath, context.Request.ContentType ?? "", body.ToArray(), context.Request.Headers["api-key"]));
                context.Response.StatusCode = 200;
                context.Response.Close();
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // Stopped.
        }
    }
}

internal sealed record OtlpRequest(string Path, string ContentType, byte[] Body, string? ApiKey);
