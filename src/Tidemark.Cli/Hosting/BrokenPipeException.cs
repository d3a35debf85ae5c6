namespace Tidemark.Cli.Hosting;

/// <summary>Whoever read the output has gone.</summary>
internal sealed class BrokenPipeException() : IOException("The reader of the output has gone.");
