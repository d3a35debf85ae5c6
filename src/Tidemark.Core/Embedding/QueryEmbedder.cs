using Microsoft.Extensions.AI;
using Tidemark.Embedding.Requests;

namespace Tidemark.Embedding;

/// <summary>
/// Gets the vector of a question. Somebody waits for it, so a provider that fails is asked again twice at most; its limits
/// are for those who embed much.
/// </summary>
internal sealed class QueryEmbedder(EmbeddingModel model, TimeProvider clock)
{
    private const int Attempts = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly EmbeddingModel _model = model with
    {
        Generator = MeasuredEmbeddingGenerator.ForQueries(model, clock),
        Requests = model.Requests is not { } requests ? null : requests with
        {
            RequestsPerMinute = null,
            TokensPerMinute = null,
            MaxAttempts = Attempts,
            Patience = Patience < requests.Patience ? Patience : requests.Patience,
            Timeout = requests.Timeout == Timeout.InfiniteTimeSpan || requests.Timeout > Patience ? Patience : requests.Timeout,
        },
    };

    private RequestSender? _sender;

    /// <exception cref="TidemarkException">The model gave no answer.</exception>
    public Task<GeneratedEmbeddings<Embedding<float>>> EmbedAsync(string input, CancellationToken cancellationToken)
    {
        if (_model.Requests is null)
        {
            return _model.Generator.GenerateAsync([input], options: null, cancellationToken);
        }

        _sender ??= new RequestSender(_model, new ProviderHealth(clock), clock, Random.Shared.NextDouble) { WaitsForNobody = false };
        return _sender.SendAsync([input], tokens: 0, untilPatienceEnds: false, cancellationToken).WaitAsync(cancellationToken);
    }
}
