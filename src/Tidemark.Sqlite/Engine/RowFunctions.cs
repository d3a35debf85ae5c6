using System.Runtime.InteropServices;

namespace Tidemark.Sqlite.Engine;

/// <summary>Fts5ExtensionApi, as far as it is used: what a function can ask about the matching row.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct RowFunctions
{
    public int Version;
    public void* UserData;
    public void* ColumnCount;
    public void* RowCount;
    public void* ColumnTotalSize;
    public void* Tokenize;
    public delegate* unmanaged[Cdecl]<void*, int> PhraseCount;
    public void* PhraseSize;
    public void* InstanceCount;
    public void* Instance;
    public void* RowId;
    public void* ColumnText;
    public delegate* unmanaged[Cdecl]<void*, int, int*, int> ColumnSize;
    public void* QueryPhrase;
    public void* SetAuxiliary;
    public void* GetAuxiliary;
    public delegate* unmanaged[Cdecl]<void*, int, Places*, int*, int*, int> PhraseFirst;
    public delegate* unmanaged[Cdecl]<void*, Places*, int*, int*, void> PhraseNext;

    /// <summary>Fts5PhraseIter.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Places
    {
        public byte* Next;
        public byte* End;
    }
}
