"""Replace methods of libraries for a time, even if a library is imported meanwhile, and restore them."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, NamedTuple, cast

from pytest_cognito_pool._service import locks

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
    from importlib.abc import Loader
    from importlib.machinery import ModuleSpec
    from types import ModuleType

# Each HTTP library with the module of ours that knows its seam.
HTTP_LIBRARIES: Final[Mapping[str, str]] = {
    "aiohttp": f"{__package__}.of_aiohttp",
    "http.client": f"{__package__}.of_http_client",
    "httpx": f"{__package__}.of_httpx",
    "httpx2": f"{__package__}.of_httpx",
    "requests": f"{__package__}.of_requests",
    "urllib.request": f"{__package__}.of_urllib",
    "urllib3": f"{__package__}.of_urllib3",
}


class Seam(NamedTuple):
    """One method of a library.

    Attributes:
        owner: the class that has it.
        name: the method's name.
        make: makes the replacement from the method.
    """

    owner: type
    name: str
    make: Callable[[Any], Any]


class _Replaced(NamedTuple):
    owner: type
    name: str
    before: Any
    after: Any


def wait_for_imports(libraries: Iterable[str]) -> None:
    """Wait until other threads have finished importing the libraries; the caller holds no lock."""
    for name in libraries:
        if getattr(getattr(sys.modules.get(name), "__spec__", None), "_initializing", False):
            import_module(name)


class Seams:
    """The seams of some libraries.

    Args:
        libraries: the name of each library with the name of the module of ours that knows its seams.
    """

    def __init__(self, libraries: Mapping[str, str]) -> None:
        self._libraries = libraries
        self._lock = locks.new()
        self._replaced: list[_Replaced] = []
        self._finder = _Finder(libraries, self._replace_in)
        self._installed = False

    def install(self) -> None:
        """Replace the seams of the libraries that are imported, and of those that will be."""
        with locks.importing, self._lock:
            self._installed = True
            try:
                for name in self._libraries:
                    # None is for a library that must not be imported.
                    if sys.modules.get(name) is not None:
                        self._replace_in(name, sys.modules[name])
            except BaseException:
                self.remove()
                raise
            sys.meta_path.insert(0, self._finder)

    def remove(self) -> None:
        """Restore every method that no other tool has replaced since; a replacement that remains has no effect."""
        with self._lock:
            self._installed = False
            self._finder.remove()
            self.settle()

    def settle(self) -> None:
        """If nothing is installed, restore the methods that no other tool covers any longer."""
        with self._lock:
            if self._installed:
                return
            for replaced in reversed(self._replaced):
                if vars(replaced.owner).get(replaced.name) is replaced.after:
                    setattr(replaced.owner, replaced.name, replaced.before)
                    self._replaced.remove(replaced)

    def _replace_in(self, name: str, library: ModuleType) -> None:
        # The locks in the order in which a fork takes them.
        with locks.importing, self._lock:
            for seam in _seams(self._libraries[name], library) if self._installed else ():
                before = vars(seam.owner).get(seam.name)
                # Another mock may have replaced the library's class with its own.
                if before is not None:
                    after = seam.make(before)
                    setattr(seam.owner, seam.name, after)
                    self._replaced.append(_Replaced(seam.owner, seam.name, before, after))


def _seams(module: str, library: ModuleType) -> list[Seam]:
    """The seams of a library; none if something else has its name, for example a stand-in of a test."""
    ours = import_module(module)
    try:
        return list(ours.seams(library))
    except AttributeError:
        return []


class _Finder:
    """Finds the libraries as all other finders would, and reports when one is imported.

    Args:
        libraries: the names of the libraries.
        imported: called with the name and the module of each.
    """

    def __init__(self, libraries: Container[str], imported: Callable[[str, ModuleType], None]) -> None:
        self._libraries = libraries
        self._imported = imported

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """The spec of one of the libraries; None for any other module."""
        if name not in self._libraries:
            return None
        spec = next(self._found(name, path, target), None)
        if spec is not None and spec.loader is not None:
            spec.loader = cast("Loader", _Loader(spec.loader, self._imported))
        return spec

    def _found(self, name: str, path: Sequence[str] | None, target: ModuleType | None) -> Iterator[ModuleSpec]:
        for finder in sys.meta_path:
            if finder is not self:
                spec = finder.find_spec(name, path, target)
                if spec is not None:
                    yield spec

    def remove(self) -> None:
        """Stop finding."""
        if self in sys.meta_path:
            sys.meta_path.remove(self)


class _Loader:
    """Loads a library with its own loader, which the module keeps, and reports when it is imported.

    Args:
        loader: the library's own loader.
        imported: called with the name and the module of the library.
    """

    def __init__(self, loader: Any, imported: Callable[[str, ModuleType], None]) -> None:
        self._loader = loader
        self._imported = imported

    def __getattr__(self, name: str) -> Any:
        return getattr(self._loader, name)

    def exec_module(self, module: Any) -> None:
        module.__loader__ = module.__spec__.loader = self._loader
        self._loader.exec_module(module)
        self._imported(module.__name__, module)
