using System.ClientModel;
using System.ClientModel.Primitives;
using Microsoft.Extensions.AI;
using Tidemark.Embedding;
using Tidemark.Networking;

namespace Tidemark.OpenAI;

/// <summary>
/// Asks an OpenAI-compatible endpoint through the official client. One call is one request: what may be tried again is the
/// pipeline's to decide. The client is made with the first request. Safe for concurrent use.
/// </summary>
public sealed class OpenAIEmbeddingGenerator : IEmbeddingGenerator<string, Embedding<float>>
{
    private readonly OpenAIOptions _options;
    private readonly Lazy<OpenAIConnection> _connection;
    private readonly FaultReader _faults;
    private volatile bool _asksDimensions;

    /// <param name="options">Which model of which endpoint.</param>
    /// <param name="clock">What a date in an answer is compared with.</param>
    /// <exception cref="TidemarkException"><c>configuration.invalid</c>: the environment names a proxy that is none.</exception>
    public OpenAIEmbeddingGenerator(OpenAIOptions options, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(options);
        var route = HttpRoute.To(options.BaseUrl);
        _options = options;
        _connection = new Lazy<OpenAIConnection>(() => new OpenAIConnection(options, route));
        _faults = new FaultReader(options, route, clock);
        _asksDimensions = options.Dimensions is { } wanted && KnownModel.Of(options.Model) is var known
            && known.CanShorten != false && wanted != known.Dimensions;
    }

    /// <exception cref="EmbeddingRequestException">There is no usable answer; it says what that means.</exception>
    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values,
        EmbeddingGenerationOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        var texts = values as IReadOnlyList<string> ?? [.. values];
        try
        {
            return await AskAsync(texts, cancellationToken).ConfigureAwait(false);
        }
        catch (EmbeddingRequestException e) when (e.Fault == EmbeddingFault.Refused && _asksDimensions && IsAboutDimensions(e))
        {
            // A model of one size only: servers refuse to be told even that size.
            _asksDimensions = false;
            return await AskAsync(texts, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType == typeof(EmbeddingGeneratorMetadata)
            ? new EmbeddingGeneratorMetadata(OpenAIModel.Provider, _options.BaseUrl, _options.Model, _options.Dimensions)
            : serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_connection.IsValueCreated)
        {
            _connection.Value.Dispose();
        }
    }

    private static bool IsAboutDimensions(EmbeddingRequestException e) =>
        e.Message.Contains("dimension", StringComparison.OrdinalIgnoreCase)
        || e.Message.Contains("matryoshka", StringComparison.OrdinalIgnoreCase);

    private async Task<GeneratedEmbeddings<Embedding<float>>> AskAsync(
        IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        _faults.RequireKey();
        var body = RequestBody.Write(_options, texts, _asksDimensions ? _options.Dimensions : null);
        try
        {
            using var content = BinaryContent.Create(body);
            var result = await _connection.Value.Client.GenerateEmbeddingsAsync(content, Unbuffered(cancellationToken)).ConfigureAwait(false);
            using var response = result.GetRawResponse();
            return await ReadAsync(response, texts, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not EmbeddingRequestException
            && (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested))
        {
            throw _faults.Of(e);
        }
    }

    private async Task<GeneratedEmbeddings<Embedding<float>>> ReadAsync(
        PipelineResponse response, IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        var asked = texts.Count;
        var isGood = response.Status is >= 200 and < 300;
        var most = isGood ? AnswerBound.Of(asked, _options.Dimensions) : ErrorBody.MostBytes;
        var (bytes, isWhole) = response.ContentStream is { } body
            ? await BoundedBody.ReadAsync(body, most, cancellationToken).ConfigureAwait(false)
            : (default, true);
        if (!isGood)
        {
            throw _faults.Of(response, bytes, texts);
        }

        return isWhole ? AnswerReader.Read(bytes.Span, asked, _options) : throw AnswerReader.TooLarge(_options, asked, most);
    }

    /// <summary>The body is read here, and no further than it may be: the client itself would keep whatever comes.</summary>
    private static RequestOptions Unbuffered(CancellationToken cancellationToken) => new()
    {
        CancellationToken = cancellationToken,
        ErrorOptions = ClientErrorBehaviors.NoThrow,
        BufferResponse = false,
    };
}
