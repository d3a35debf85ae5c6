using System.ClientModel;
using System.ClientModel.Primitives;
using OpenAI;
using Tidemark.Networking;

namespace Tidemark.OpenAI;

/// <summary>The official client over connections of our own: no retries, no redirects, no timeouts but the pipeline's.</summary>
internal sealed class OpenAIConnection : IDisposable
{
    private readonly HttpClient _http;

    public OpenAIConnection(OpenAIOptions options, HttpRoute route)
    {
        var handler = route.CreateHandler();
        handler.AutomaticDecompression = System.Net.DecompressionMethods.All;
        _http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        var clientOptions = new OpenAIClientOptions
        {
            Endpoint = options.BaseUrl,
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
            Transport = new HttpClientPipelineTransport(_http),
            NetworkTimeout = Timeout.InfiniteTimeSpan,
            EnableDistributedTracing = false,
            UserAgentApplicationId = "tidemark",
        };
        if (options.Key is null)
        {
            clientOptions.AddPolicy(new KeylessPolicy(), PipelinePosition.BeforeTransport);
        }

        Client = new global::OpenAI.Embeddings.EmbeddingClient(
            options.Model, new ApiKeyCredential(options.Key ?? KeylessPolicy.Placeholder), clientOptions);
    }

    public global::OpenAI.Embeddings.EmbeddingClient Client { get; }

    public void Dispose() => _http.Dispose();
}
