using Tidemark.Postgres;

namespace Tidemark;

/// <summary>Keeps an index in PostgreSQL.</summary>
public static class PostgresVerbs
{
    /// <summary>
    /// The store for teams: records, embeddings, vectors and keywords in one schema of a database with pgvector. Schema and tables
    /// are made if there are none. Any number of processes may search it, and many may write it at once.
    /// </summary>
    /// <param name="builder">The index.</param>
    /// <param name="url">As <see cref="PostgresStore.OpenAsync"/> reads it; keep the password in PGPASSWORD.</param>
    /// <param name="options">Null: the defaults, and what is missing is made.</param>
    public static TidemarkBuilder UsePostgres(this TidemarkBuilder builder, string url, PostgresStoreOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(url);
        options ??= new PostgresStoreOptions { CreateIfMissing = true };
        return builder.UseStore(async (context, cancellationToken) =>
            await PostgresStore.OpenAsync(url, options, context.Clock, cancellationToken).ConfigureAwait(false));
    }
}
