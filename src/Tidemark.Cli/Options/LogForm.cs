namespace Tidemark.Cli.Options;

/// <summary>How a log is written.</summary>
internal enum LogForm
{
    /// <summary>Time, level, event and what happened, for people.</summary>
    Text,

    /// <summary>One JSON object a line.</summary>
    Json,
}
