using System.Runtime.InteropServices;

namespace Tidemark.Cli.Hosting;

/// <summary>What a signal means. Pure.</summary>
internal static class SignalRule
{
    /// <summary>Signals closer together are one: a key that was held, a supervisor that asks process and group.</summary>
    private static readonly TimeSpan Echo = TimeSpan.FromSeconds(1);

    /// <param name="signal">That came now.</param>
    /// <param name="since">How long ago the first one came; null: this is it.</param>
    public static SignalVerdict Judge(PosixSignal signal, TimeSpan? since) => since switch
    {
        null => SignalVerdict.Stop,
        { } passed when signal == PosixSignal.SIGINT && passed >= Echo => SignalVerdict.EndNow,
        _ => SignalVerdict.Ignore,
    };
}

internal enum SignalVerdict
{
    /// <summary>Commit what is under way, report, end.</summary>
    Stop,

    Ignore,

    /// <summary>End without anything.</summary>
    EndNow,
}
