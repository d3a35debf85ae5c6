namespace Tidemark.Formats;

/// <param name="Complaint">What the program wrote last to standard error, ready to follow a sentence; may be empty.</param>
internal sealed record CommandResult(int ExitCode, ReadOnlyMemory<byte> Output, string Complaint);

/// <summary>The program wrote more than it may.</summary>
internal sealed class CommandTooLargeException() : Exception("the output is too large");

/// <summary>The program is not there, or may not be started.</summary>
internal sealed class CommandMissingException(Exception inner) : Exception(inner.Message, inner);
