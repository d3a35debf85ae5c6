namespace Tidemark.Embedding.Requests;

/// <summary>How large a request may be, and how many are under way.</summary>
internal readonly record struct RequestLimits(int Concurrency, int BatchSize, long BatchTokens)
{
    /// <summary>A request takes no more than a tenth of what a minute allows, so that the pace stays even.</summary>
    private const int RequestsOfAMinute = 10;

    public static RequestLimits Of(EmbeddingModel model)
    {
        var requests = model.Requests!;
        var tokens = requests.TokensPerMinute is { } minute
            ? Math.Min(requests.BatchTokens, Math.Max(1, minute / RequestsOfAMinute))
            : requests.BatchTokens;
        return new RequestLimits(requests.Concurrency, model.BatchSize, tokens);
    }
}
