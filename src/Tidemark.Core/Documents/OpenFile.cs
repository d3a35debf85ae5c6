using Microsoft.Win32.SafeHandles;

namespace Tidemark.Documents;

/// <summary>A file that is open for reading, for whoever turns it into text.</summary>
/// <param name="Path">
/// Absolute. Whoever may write in the folders on the way can lead it elsewhere; where that matters, read the content.
/// </param>
/// <param name="Content">The very file that was looked at; read it at positions, and leave it open.</param>
public sealed record OpenFile(string Path, SafeFileHandle Content);
