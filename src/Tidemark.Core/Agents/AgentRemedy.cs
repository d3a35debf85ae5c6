namespace Tidemark.Agents;

/// <summary>
/// Remedies for whoever can call tools and has no shell: what names a command elsewhere names a tool here, or who has to run it. Pure.
/// </summary>
internal static class AgentRemedy
{
    private const string WhereIdsAre = "call 'search': each of its results has the 'id' that this tool takes";

    public static string Of(TidemarkException failure) => failure.Code switch
    {
        ErrorCodes.DocumentMissing when failure.Remedy.StartsWith("did you mean", StringComparison.Ordinal) =>
            $"{failure.Remedy} Otherwise {WhereIdsAre}",
        ErrorCodes.DocumentMissing => WhereIdsAre,
        ErrorCodes.StoreMissing or ErrorCodes.NamespaceMissing =>
            "nothing was indexed yet: ask whoever runs this index to sync its source; the tools answer as soon as that has been, without a restart",
        ErrorCodes.StoreNewer => "ask whoever runs this to upgrade the program that serves these tools, and to restart it",
        ErrorCodes.StoreBusy or ErrorCodes.RunLocked => "a sync is at work: call the tool again in a few seconds",
        _ => AgentWords.Of(failure.Remedy),
    };
}
