namespace Tidemark.Scheduling;

/// <summary>
/// Whether the process that has a job in hand still says that it lives: seen by one's own clock only, since those of two machines differ.
/// </summary>
internal sealed class HolderWatch(TimeProvider clock)
{
    private string? _word;
    private long _heardAt;

    /// <returns>How long its holder may be silent yet; null: nobody has it, or he has been silent for too long.</returns>
    public TimeSpan? Rest(JobState state)
    {
        if (state.Holder is null)
        {
            _word = null;
            return null;
        }

        if (_word != state.Stored)
        {
            (_word, _heardAt) = (state.Stored, clock.GetTimestamp());
        }

        var rest = DueRule.LongestHold - clock.GetElapsedTime(_heardAt);
        return rest > TimeSpan.Zero ? rest : null;
    }
}
