namespace Tidemark.Queueing;

/// <summary>
/// How a claimed change that was not carried out stands from then on; decided once, for every store.
/// </summary>
/// <param name="After">How long until it is due again.</param>
/// <param name="Failure">Why an attempt failed, which is counted; null: none was made, or none that counts.</param>
/// <param name="IsDead">Whether it is not tried any more.</param>
public readonly record struct SettledChange(TimeSpan After, ChangeFailure? Failure, bool IsDead)
{
    /// <param name="settlement">Any but that it is done.</param>
    /// <exception cref="InvalidOperationException">It is that.</exception>
    public static SettledChange Of(ChangeSettlement settlement) => settlement switch
    {
        ChangeSettlement.Release release => new(release.After, Failure: null, IsDead: false),
        ChangeSettlement.Retry retry => new(retry.After, retry.Failure, IsDead: false),
        ChangeSettlement.Bury bury => new(TimeSpan.Zero, bury.Failure, IsDead: true),
        _ => throw new InvalidOperationException($"A settlement of type '{settlement?.GetType()}' gives nothing back."),
    };
}
