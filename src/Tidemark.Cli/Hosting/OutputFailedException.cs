namespace Tidemark.Cli.Hosting;

/// <summary>What a call has to say cannot be written: the disk is full, the stream is closed.</summary>
internal sealed class OutputFailedException(string reason)
    : TidemarkException(
        ErrorCodes.OutputFailed,
        $"the output cannot be written: {reason}",
        "make room or name another place for it; what the call changed in the store is done");
