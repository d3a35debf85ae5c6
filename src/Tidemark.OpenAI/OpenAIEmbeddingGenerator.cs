using System.ClientModel;
using System.ClientModel.Primitives;
using Microsoft.Extensions.AI;
using Tidemark.Embedding;

namespace Tidemark.OpenAI;

/// <summary>
/// Asks an OpenAI-compatible endpoint through the official client. One call is one request: what may be tried again is the
/// pipeline's to decide. The client is made with the first request. Safe for concurrent use.
/// </summary>
public sealed class OpenAIEmbeddingGenerator(OpenAIOptions options, TimeProvider clock)
    : IEmbeddingGenerator<string, Embedding<float>>
{
    private readonly Lazy<OpenAIConnection> _connection = new(() => new OpenAIConnection(options));
    private readonly FaultReader _faults = new(options, clock);
    private volatile bool _asksDimensions =
        options.Dimensions is { } wanted && KnownModel.Of(options.Model) is var known
        && known.CanShorten != false && wanted != known.Dimensions;

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
            ? new EmbeddingGeneratorMetadata(OpenAIModel.Provider, options.BaseUrl, options.Model, options.Dimensions)
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
        var body = RequestBody.Write(options, texts, _asksDimensions ? options.Dimensions : null);
        var request = new RequestOptions { CancellationToken = cancellationToken, ErrorOptions = ClientErrorBehaviors.NoThrow };
        ClientResult result;
        try
        {
            using var content = BinaryContent.Create(body);
            result = await _connection.Value.Client.GenerateEmbeddingsAsync(content, request).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            throw _faults.Of(e);
        }

        using var response = result.GetRawResponse();
        return response.Status is >= 200 and < 300
            ? AnswerReader.Read(response.Content.ToMemory().Span, texts.Count, options)
            : throw _faults.Of(response);
    }
}
