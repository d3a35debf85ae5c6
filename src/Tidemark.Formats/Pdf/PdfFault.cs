namespace Tidemark.Formats;

/// <summary>Whatever goes wrong with a file is the failure of one item.</summary>
internal static class PdfFault
{
    public static ItemException Of(string path, Exception e) => e as ItemException ?? new ItemException(
        ErrorCodes.SourceMalformed,
        $"'{path}' cannot be read as PDF: {WhatIn(e)}",
        e.GetType().Name.Contains("Encrypted", StringComparison.Ordinal)
            ? "save it without a password, or exclude it, which lets go of what is indexed of it"
            : "open it in another program and save it again, or exclude it, which lets go of what is indexed of it",
        e);

    private static string WhatIn(Exception e)
    {
        var message = e.Message.ReplaceLineEndings(" ").Trim().TrimEnd('.');
        return e is PackageException ? message
            : e.InnerException is PackageException inner ? inner.Message
            : e.GetType().Name.Contains("Encrypted", StringComparison.Ordinal) ? "it is encrypted"
            : $"it is damaged, or no PDF ({(message.Length > 200 ? message[..200] + "…" : message)})";
    }
}
