namespace Tidemark.Sources;

/// <summary>What troubles are called in logs and reports.</summary>
public static class WatchTroubleName
{
    /// <summary>The name: <c>overflow</c>.</summary>
    public static string Of(WatchTrouble trouble) => trouble switch
    {
        WatchTrouble.Overflow => "overflow",
        WatchTrouble.Limit => "limit",
        WatchTrouble.RootLost => "root-lost",
        WatchTrouble.Unmounted => "unmounted",
        WatchTrouble.IgnoreFile => "ignore-file",
        WatchTrouble.Wedged => "wedged",
        WatchTrouble.Remote => "remote",
        _ => "unwatchable",
    };
}
