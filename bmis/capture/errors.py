"""What can go wrong between a document and its text: BMIS-140 to BMIS-179."""

from typing import ClassVar

from bmis.kernel.errors import OfficerError, SiteError


class CameraAbsentError(SiteError):
    """No camera answers at that place."""

    code: ClassVar[str] = "BMIS-140"


class CameraLostError(SiteError):
    """The camera answered before and gives no more frames."""

    code: ClassVar[str] = "BMIS-141"


class CameraBlackError(SiteError):
    """The camera gives black frames only: covered, unlit or broken."""

    code: ClassVar[str] = "BMIS-142"


class FrameSourceEmptyError(OfficerError):
    """The folder or the film has no frame in it."""

    code: ClassVar[str] = "BMIS-143"


class FrameSourceMissingError(OfficerError):
    """The folder or the film is not there or cannot be opened."""

    code: ClassVar[str] = "BMIS-144"


class FramesEndedError(OfficerError):
    """The folder or the film came to its end."""

    code: ClassVar[str] = "BMIS-145"


class ImageMissingError(OfficerError):
    """There is no such file, or it may not be read."""

    code: ClassVar[str] = "BMIS-150"


class ImageNotAnImageError(OfficerError):
    """The file is none of the picture formats that are read."""

    code: ClassVar[str] = "BMIS-151"


class ImageTooLargeError(OfficerError):
    """The picture has more pixels or bytes than are read."""

    code: ClassVar[str] = "BMIS-152"


class ImageDamagedError(OfficerError):
    """The picture begins well and breaks off or contradicts itself."""

    code: ClassVar[str] = "BMIS-153"


class ImageEmptyError(OfficerError):
    """The file has no bytes, or the picture is too small to show anything."""

    code: ClassVar[str] = "BMIS-154"


class RecogniserAbsentError(SiteError):
    """The recognition program (Tesseract) or its model is not installed."""

    code: ClassVar[str] = "BMIS-160"


class RecogniserTimeoutError(OfficerError):
    """Reading took longer than allowed; the reader was restarted."""

    code: ClassVar[str] = "BMIS-161"


class RecogniserCrashedError(SiteError):
    """The reader's process ended by itself; it is started anew for the next picture."""

    code: ClassVar[str] = "BMIS-162"


class NotAFileError(OfficerError):
    """The name is that of a folder, a pipe or a device; it is not opened."""

    code: ClassVar[str] = "BMIS-163"


class FileLockedError(OfficerError):
    """The PDF asks for a password."""

    code: ClassVar[str] = "BMIS-164"


class PdfDamagedError(OfficerError):
    """The file begins as a PDF and cannot be read as one."""

    code: ClassVar[str] = "BMIS-165"


class PdfEmptyError(OfficerError):
    """The PDF has no page."""

    code: ClassVar[str] = "BMIS-166"


class FilmDamagedError(OfficerError):
    """The film has no frame that can be decoded."""

    code: ClassVar[str] = "BMIS-167"


class FilmTooLargeError(OfficerError):
    """The film's frames have more pixels than are read; none is decoded."""

    code: ClassVar[str] = "BMIS-168"


class FileTooHeavyError(OfficerError):
    """Decoding the file would take more memory than a file may have."""

    code: ClassVar[str] = "BMIS-169"


class FileTooSlowError(OfficerError):
    """The file took longer than a file may take; the process that read it was ended."""

    code: ClassVar[str] = "BMIS-170"


class FileCrashedError(OfficerError):
    """The process that read the file ended by itself: the file breaks a decoder."""

    code: ClassVar[str] = "BMIS-171"


class FileWorkerAbsentError(SiteError):
    """The process that reads files cannot be started."""

    code: ClassVar[str] = "BMIS-172"
