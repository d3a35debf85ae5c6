using Tidemark.Embedding.Requests;

namespace Tidemark.Embedding;

/// <summary>Asks a model how many dimensions it has, by its vector of a short text.</summary>
public static class DimensionProbe
{
    private const string Text = "How many dimensions does this text have?";

    /// <summary>Tries again what may pass, as any other request of the model is tried again.</summary>
    /// <param name="model">Its space's dimensions do not matter.</param>
    /// <param name="clock">Measures the pauses.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="TidemarkException">It gave no vector.</exception>
    public static async Task<int> AskAsync(EmbeddingModel model, TimeProvider clock, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(clock);
        var answer = model.Requests is null
            ? await model.Generator.GenerateAsync([Text], options: null, cancellationToken).ConfigureAwait(false)
            : await new RequestSender(model, new ProviderHealth(clock), clock, Random.Shared.NextDouble)
                .SendAsync([Text], tokens: 0, untilPatienceEnds: true, cancellationToken)
                .WaitAsync(cancellationToken).ConfigureAwait(false);
        return answer[0].Vector.Length;
    }
}
