namespace Tidemark.Embedding.Requests;

/// <summary>How large a request may be, and how many batches are under way.</summary>
/// <param name="Batches">
/// More than there are requests at once: an answer waits for the store now and then, and the provider should not wait with it.
/// </param>
internal readonly record struct RequestLimits(int Batches, int BatchSize, long BatchTokens)
{
    /// <summary>A request takes no more than a tenth of what a minute allows, so that the pace stays even.</summary>
    private const int RequestsOfAMinute = 10;

    public static RequestLimits Of(EmbeddingModel model)
    {
        var requests = model.Requests!;
        var tokens = requests.TokensPerMinute is { } minute
            ? Math.Min(requests.BatchTokens, Math.Max(1, minute / RequestsOfAMinute))
            : requests.BatchTokens;
        return new RequestLimits(requests.Concurrency * 2, model.BatchSize, tokens);
    }
}
