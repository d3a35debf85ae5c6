namespace Tidemark.Sources;

/// <summary>The ways to find a record's id without parsing it, the cheaper one first.</summary>
internal sealed class RecordScanner(IdScanner ids, ContentIdScanner? contentIds)
{
    private bool _expectsIds = true;

    /// <summary>Empty: the record has to be parsed.</summary>
    public ReadOnlyMemory<byte> Find(ReadOnlyMemory<byte> line, ByteArena arena)
    {
        // The records of one source are alike: what the last one had is tried first. Pages are parsed in parallel, but
        // a stale guess only costs a second look.
        var id = _expectsIds || contentIds is null ? ids.Find(line, arena) : contentIds.Find(line, arena);
        if (!id.IsEmpty || contentIds is null)
        {
            return id;
        }

        id = _expectsIds ? contentIds.Find(line, arena) : ids.Find(line, arena);
        _expectsIds = id.IsEmpty ? _expectsIds : !_expectsIds;
        return id;
    }
}
