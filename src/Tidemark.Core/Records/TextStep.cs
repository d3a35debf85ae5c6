namespace Tidemark.Records;

/// <summary>What a write does with the text that stands beside a document's chunks.</summary>
public enum TextStep : byte
{
    /// <summary>Nothing.</summary>
    Leave,

    /// <summary>It goes, if there is one.</summary>
    Drop,

    /// <summary>The write's own text takes its place.</summary>
    Put,

    /// <summary>What the chunks of the active generation say is put beside them, if it is not there yet.</summary>
    Gather,
}
