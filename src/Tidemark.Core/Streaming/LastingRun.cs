using Tidemark.Records;
using Tidemark.Syncing;

namespace Tidemark.Streaming;

/// <summary>
/// Which busy periods are one run of the history: those of five minutes, so that a change a second makes some hundred runs a day and not one
/// each. A run that did not end well is not gone on with, nor is any where each run may spend so much.
/// </summary>
internal sealed class LastingRun(WorkerOptions request, TimeProvider clock)
{
    private static readonly TimeSpan Length = TimeSpan.FromMinutes(5);

    private WrittenRun? _written;
    private long _begun;

    /// <summary>The one that is gone on with; null: a new one begins.</summary>
    public WrittenRun? Current => _written is not null && clock.GetElapsedTime(_begun) < Length ? _written : null;

    /// <param name="written">What has ended; null: its end was not noted.</param>
    public void Note(WrittenRun? written)
    {
        if (written is null || request.Spending.Run is not null
            || written.Record.Outcome is not (RunOutcome.Succeeded or RunOutcome.Partial))
        {
            _written = null;
            return;
        }

        _begun = Current?.Record.Id == written.Record.Id ? _begun : clock.GetTimestamp();
        _written = written;
    }
}
