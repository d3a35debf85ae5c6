namespace Tidemark;

/// <summary>
/// The last net under work on one item that cannot be asked to stop (a parser, a chunker): beyond a limit of time, or when the run is
/// cancelled, nobody waits for it any longer. Whatever can be bounded by counting is bounded so, and never gets here: what a watch
/// lets through depends on the machine.
/// </summary>
internal sealed class WorkWatch(TimeSpan limit, TimeProvider clock)
{
    /// <summary>Work on less than this many bytes or code units is done before anybody could grow impatient.</summary>
    private const int LeastWatched = 32 << 10;

    public static WorkWatch Default { get; } = new(TimeSpan.FromSeconds(60), TimeProvider.System);

    public static bool Watches(long size) => size >= LeastWatched;

    /// <param name="size">Of what is worked on.</param>
    /// <param name="item">How the item is named in an error.</param>
    /// <param name="work">Must own what it works on: it may go on after this has ended.</param>
    /// <exception cref="ItemException"><see cref="ErrorCodes.SourceTooSlow"/>: it took too long.</exception>
    public ValueTask<T> RunAsync<T>(long size, string item, Func<T> work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Watches(size)
            ? new ValueTask<T>(WaitAsync(item, Task.Run(work, CancellationToken.None), cancellationToken))
            : new ValueTask<T>(work());
    }

    private async Task<T> WaitAsync<T>(string item, Task<T> work, CancellationToken cancellationToken)
    {
        try
        {
            return await work.WaitAsync(limit, clock, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException e) when (!work.IsCompleted)
        {
            throw new ItemException(
                ErrorCodes.SourceTooSlow,
                $"'{item}' was not done after {limit.TotalSeconds} s and was given up",
                "split or repair it, or exclude it",
                e);
        }
    }
}
