namespace Tidemark.Postgres.Maintenance;

/// <summary>What was removed of the past.</summary>
internal readonly record struct SweptHistory(long States, long Chunks, long Bytes)
{
    public static SweptHistory operator +(SweptHistory a, SweptHistory b) => new(a.States + b.States, a.Chunks + b.Chunks, a.Bytes + b.Bytes);
}
