namespace Tidemark.Records;

/// <summary>
/// For stores: how many rows a transaction of a collection takes, so that it lasts a tenth of a second, whatever the machine. Between two of
/// them it rests for as long as whoever waits for a lock needs to try again.
/// </summary>
public sealed class GarbagePace(TimeProvider clock)
{
    private const int Fewest = 16;
    private const int Most = 10_000;

    private static readonly TimeSpan Aim = TimeSpan.FromMilliseconds(100);

    /// <summary>Longer than anybody pauses who waits for its turn.</summary>
    private static readonly TimeSpan Break = TimeSpan.FromMilliseconds(120);

    /// <summary>Once begun it waits at least so long for its turn, whatever it was told: runs come between.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private bool _hasBegun;

    /// <summary>Of the next transaction.</summary>
    public int Rows { get; private set; } = 500;

    /// <summary>How long it waits for its turn.</summary>
    /// <param name="asked">By whoever began it.</param>
    public TimeSpan Wait(TimeSpan asked) => _hasBegun && asked < Patience ? Patience : asked;

    /// <summary>Learns from a transaction that changed something, and rests.</summary>
    public Task RestAsync(TimeSpan took, CancellationToken cancellationToken)
    {
        _hasBegun = true;
        Rows = took > 2 * Aim ? Math.Max(Fewest, Rows / 2) : took < Aim / 2 ? Math.Min(Most, Rows * 2) : Rows;
        return Task.Delay(Break, clock, cancellationToken);
    }
}
