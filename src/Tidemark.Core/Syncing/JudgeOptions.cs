namespace Tidemark.Syncing;

/// <summary>What a run asks for that changes how its items are judged.</summary>
/// <param name="Force">The unchanged is embedded again.</param>
/// <param name="IgnoreVersions">Whatever comes is taken, older or not.</param>
/// <param name="Ruled">What of the item rules decided: where only that differs, it does not contradict itself.</param>
internal readonly record struct JudgeOptions(
    bool Force = false, bool IgnoreVersions = false, ChangedInputs Ruled = ChangedInputs.None)
{
    public static JudgeOptions Of(SyncOptions request) => new(request.Force, request.IgnoreVersions);
}
