namespace Tidemark.Records;

/// <summary>Waits for another run where what meets its lock gives up at once: the work is then done from its beginning.</summary>
internal sealed class LockPatience(TimeSpan wait, TimeProvider clock)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public async Task<T> RunAsync<T>(Func<ValueTask<T>> work, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        while (true)
        {
            try
            {
                return await work().ConfigureAwait(false);
            }
            catch (TidemarkException e) when (e.Kind == ErrorKind.Busy && clock.GetElapsedTime(started) < wait)
            {
                await Task.Delay(Pause, clock, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
