namespace Tidemark.Postgres.Maintenance;

/// <summary>What a row that goes held, in bytes of content.</summary>
internal static class GarbageSizes
{
    public const string OfState = "octet_length(h.chunks::text) + coalesce(octet_length(h.text), 0) + coalesce(octet_length(h.metadata), 0)";

    public const string OfChunk = "octet_length(c.text)";

    public const string OfEmbedding = "4 * vector_dims(e.vector)";
}
