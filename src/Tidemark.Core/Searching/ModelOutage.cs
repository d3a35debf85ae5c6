using Tidemark.Documents;
using Tidemark.Embedding;
using Tidemark.Indexing;
using Tidemark.Syncing.History;

namespace Tidemark.Searching;

/// <summary>What a search says when its model gives no answer: in the words of somebody who searches, not of one who syncs.</summary>
internal static class ModelOutage
{
    /// <summary>
    /// Whether the provider is not there, which passes; a wrong key, model or address, or a certificate that nobody vouches for, is a
    /// mistake, and stays one.
    /// </summary>
    public static bool IsOutage(TidemarkException failure) =>
        failure.Kind == ErrorKind.Unavailable;

    public static ItemWarning Warning(TidemarkException failure) => new(
        "query", failure.Code, $"answered by keywords alone: {failure.Message}", failure.Remedy);

    /// <summary>The same failure with what helps a search, and with the address that syncs use where that is another one.</summary>
    public static async Task<TidemarkException> OfSearchAsync(
        TidemarkException failure, SearchOptions request, EmbeddingModel model, ITidemarkStore store, CancellationToken cancellationToken)
    {
        var used = await EndpointAsync(store, request.NamespaceName, cancellationToken).ConfigureAwait(false);
        var asked = model.EndpointName;
        var isOther = used is not null && asked is not null && used != asked;
        var remedy = (IsOutage(failure), isOther) switch
        {
            (_, true) => $"the namespace was last embedded by '{used}', this search asks '{asked}': set "
                + "EmbeddingModel.Endpoint to the one that is meant; SearchMode.Keyword asks no model",
            (true, _) => "search again once the model can be reached; SearchMode.Keyword asks no model",
            _ when failure.Code == ErrorCodes.EmbeddingRefused =>
                "ask in other words, or with SearchMode.Keyword, which asks no model",
            _ => failure.Remedy,
        };
        return failure is EmbeddingRequestException said
            ? new EmbeddingRequestException(said.Fault, said.Code, said.Message, remedy, said)
            : new TidemarkException(failure.Code, failure.Message, remedy, failure);
    }

    private static Task<string?> EndpointAsync(ITidemarkStore store, string @namespace, CancellationToken cancellationToken) =>
        PastReports.FirstAsync(store.Reader, @namespace, (_, report) => report?.Endpoint, cancellationToken);
}
