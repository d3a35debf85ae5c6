namespace Tidemark.Cli.Output;

/// <summary>How much a line of a log matters.</summary>
internal enum LogLevel
{
    Info,
    Warning,
    Error,
}
