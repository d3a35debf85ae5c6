namespace Tidemark;

/// <summary>One item of a source cannot be taken: it is reported and counted as failed, and the run goes on.</summary>
public sealed class ItemException(string code, string message, string remedy, Exception? inner = null)
    : TidemarkException(code, message, remedy, inner);
