using System.CommandLine;

namespace Tidemark.Cli.Options;

/// <summary>The id of a document, without which a command has nothing to do.</summary>
internal sealed class DocumentArgument : Argument<string>
{
    public DocumentArgument(string description = "The document's id")
        : base("DOCUMENT") => Description = description;

    /// <exception cref="TidemarkException"><c>usage</c>: an empty one.</exception>
    public string Of(ParseResult parsed) => parsed.GetValue(this) is { Length: > 0 } id ? id : throw new TidemarkException(
        ErrorCodes.Usage, "an empty name names no document", "name one; 'tidemark list' lists those that there are");
}
