using Tidemark.Chroma;
using Tidemark.Indexing;

namespace Tidemark;

/// <summary>Indexes vectors in Chroma.</summary>
public static class ChromaVerbs
{
    private const string TokenVariable = "CHROMA_TOKEN";

    /// <summary>
    /// A collection of a Chroma server as the vector index: records, embeddings and keywords stay in the store, and what
    /// changes reaches the collection through the store's outbox. A server that is down holds nothing up but vector search.
    /// </summary>
    /// <param name="builder">The index.</param>
    /// <param name="location">
    /// <c>http://HOST:PORT/COLLECTION</c>, perhaps with <c>?tenant=T&amp;database=D</c>; <c>chroma:</c> may stand before it. The
    /// server's token, if it wants one, is taken from the environment variable <c>CHROMA_TOKEN</c>.
    /// </param>
    /// <param name="configure">Changes token, timeout, attempts. Null: the defaults.</param>
    /// <exception cref="TidemarkException"><c>configuration.invalid</c>: it is not such a location.</exception>
    public static TidemarkBuilder UseChroma(
        this TidemarkBuilder builder, string location, Func<ChromaOptions, ChromaOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(location);
        var parsed = ChromaLocation.Parse(
            location.StartsWith(ChromaLocation.Scheme, StringComparison.OrdinalIgnoreCase)
                ? location
                : ChromaLocation.Scheme + location);
        var standard = new ChromaOptions { Token = Environment.GetEnvironmentVariable(TokenVariable) };
        var options = configure is null ? standard : configure(standard);
        return builder.UseIndex(parsed.ToString(), (context, _) => ValueTask.FromResult<IExternalIndexes>(new ChromaIndexes(options, context.Clock)));
    }
}
