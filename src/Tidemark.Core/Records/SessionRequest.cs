namespace Tidemark.Records;

/// <param name="Wait">How long to wait for another run; zero: fail at once with <c>run.locked</c>.</param>
/// <param name="ForPlan">
/// Nothing will be written: no lease is taken, and a namespace that does not exist is looked at as an empty one.
/// </param>
/// <param name="KeepText">Keep a document's text where its chunks do not add up to it.</param>
public sealed record SessionRequest(string Namespace, TimeSpan Wait, bool ForPlan, bool KeepText)
{
    /// <summary>Documents are looked up here and there, and no source is listed: nothing is worth reading ahead.</summary>
    public bool IsSparse { get; init; }

    /// <summary>Records that are missing are about to be written anew; else a session refuses a namespace whose records are gone.</summary>
    public bool IsRepair { get; init; }

    /// <summary>Against whom the namespace is held; without meaning for a plan.</summary>
    public NamespaceHold Hold { get; init; } = NamespaceHold.Exclusive;
}
