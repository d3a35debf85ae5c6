namespace Tidemark.Postgres.Queueing;

/// <summary>
/// How much surely fits into a queue, so that a full count is not made for every change that comes: of the room that a count
/// found, half may be used within a second.
/// </summary>
internal sealed class QueueRoom(TimeProvider clock)
{
    private static readonly TimeSpan Lasts = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<(long Namespace, long Limit), (long Left, long At)> _rooms = [];

    /// <returns>False: count.</returns>
    public bool Takes(long @namespace, long limit, long added)
    {
        lock (_gate)
        {
            if (!_rooms.TryGetValue((@namespace, limit), out var room) || clock.GetElapsedTime(room.At) > Lasts || room.Left < added)
            {
                return false;
            }

            _rooms[(@namespace, limit)] = (room.Left - added, room.At);
            return true;
        }
    }

    /// <param name="free">How many more would fit.</param>
    public void Counted(long @namespace, long limit, long free)
    {
        lock (_gate)
        {
            _rooms[(@namespace, limit)] = (free / 2, clock.GetTimestamp());
        }
    }
}
